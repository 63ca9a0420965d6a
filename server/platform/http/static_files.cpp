// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/static_files.hpp"

#include "platform/http/compression.hpp"

#include <fcntl.h>
#include <sys/stat.h>

namespace beproefd::http {

namespace {

struct Type {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array types{
    Type{"html", "text/html; charset=utf-8"},
    Type{"js", "text/javascript; charset=utf-8"},
    Type{"mjs", "text/javascript; charset=utf-8"},
    Type{"css", "text/css; charset=utf-8"},
    Type{"json", "application/json"},
    Type{"webmanifest", "application/manifest+json"},
    Type{"svg", "image/svg+xml"},
    Type{"png", "image/png"},
    Type{"jpg", "image/jpeg"},
    Type{"webp", "image/webp"},
    Type{"ico", "image/x-icon"},
    Type{"woff2", "font/woff2"},
    Type{"woff", "font/woff"},
    Type{"txt", "text/plain; charset=utf-8"},
    Type{"xml", "application/xml"},
    Type{"pdf", "application/pdf"},
};

/// "assets/index-3f2a.js": only segments that name something inside the folder. Nothing hidden, nothing upwards.
bool is_inside(std::string_view path)
{
    while (!path.empty()) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        if (segment.empty() || segment.front() == '.')
            return false;
        for (const char c : segment)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                  c == '-' || c == '_' || c == '@'))
                return false;
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return true;
}

std::shared_ptr<const OpenFile> open_file(const std::string& name, struct stat& information)
{
    const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return nullptr;
    auto file = std::make_shared<const OpenFile>(descriptor);
    if (::fstat(descriptor, &information) != 0 || !S_ISREG(information.st_mode))
        return nullptr;
    return file;
}

bool exists(const std::string& name)
{
    struct stat information{};
    return ::stat(name.c_str(), &information) == 0 && S_ISREG(information.st_mode);
}

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

} // namespace

StaticFiles::StaticFiles(std::string folder) : folder_(std::move(folder))
{
    while (folder_.size() > 1 && folder_.back() == '/')
        folder_.pop_back();
}

bool StaticFiles::installed() const { return exists(folder_ + "/index.html"); }

std::optional<Response> StaticFiles::find(const Request& request) const
{
    const auto path = percent_decoded(request.path);
    if (!path || path->front() != '/')
        return std::nullopt;
    const auto name = std::string_view{*path}.substr(1);
    if (!name.empty() && is_inside(name))
        if (auto response = send(request, std::string{name}))
            return response;
    // A missing file is missing; only a page's path gets the page.
    if (name.starts_with("assets/") || last_segment(name).find('.') != std::string_view::npos)
        return std::nullopt;
    return send(request, "index.html");
}

std::optional<Response> StaticFiles::send(const Request& request, const std::string& name) const
{
    const auto full = folder_ + "/" + name;
    const auto accepted = request.header("accept-encoding");
    const bool has_brotli = exists(full + ".br");
    const bool has_gzip = exists(full + ".gz");
    const auto coding = accepted ? preferred_coding(*accepted, has_brotli, has_gzip) : Coding::identity;
    const std::string_view suffix = coding == Coding::brotli ? ".br" : coding == Coding::gzip ? ".gz" : "";

    struct stat information{};
    auto file = open_file(full + std::string{suffix}, information);
    if (!file)
        return std::nullopt;

    const auto extension = name.substr(name.rfind('.') + 1);
    const auto type =
        std::find_if(types.begin(), types.end(), [&](const Type& t) { return t.extension == extension; });
    const auto tag =
        fmt::format("\"{:x}-{:x}{}\"", information.st_mtim.tv_sec * 1'000'000'000 + information.st_mtim.tv_nsec,
                    information.st_size, suffix);
    Response response;
    response.with("etag", tag);
    response.with("cache-control", name.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (has_brotli || has_gzip)
        response.with("vary", "accept-encoding");
    if (const auto known = request.header("if-none-match"); known && names_tag(*known, tag)) {
        response.status = 304;
        return response;
    }
    response.with("content-type",
                  std::string{type == types.end() ? std::string_view{"application/octet-stream"} : type->type});
    if (!suffix.empty())
        response.with("content-encoding", coding == Coding::brotli ? "br" : "gzip");
    response.file_size = static_cast<std::uint64_t>(information.st_size);
    if (response.file_size > 0)
        response.file = std::move(file);
    return response;
}

} // namespace beproefd::http
