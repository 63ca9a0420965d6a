// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "platform/documents/text/document.hpp"

#include <pugixml.hpp>
#include <set>
#include <zip.h>

namespace beproefd::documents {
namespace {

Document example()
{
    Document document{.title = "Waar staat Voorbeeld & Co?",
                      .subtitle = "Verslag voor de raad",
                      .language = "nl",
                      .author = "Gemeente <Voorbeeld>",
                      .marker = "Voorbeeldgegevens",
                      .date = "2026-11-21",
                      .page_word = "Bladzijde",
                      .blocks = {}};
    document.lead("Drie thema’s zijn op orde.");
    document.heading(1, "Thema’s");
    document.paragraph("<script>alert(1)</script>");
    document.bullets({"een", "twee"});
    document.numbered({"eerst"});
    document.table({.caption = "Scores",
                    .head = {"thema", "punten"},
                    .rows = {{"Visie", "1½"}, {"Analyse", "2"}},
                    .numbers = {1}});
    document.figure(
        {.svg =
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"5\" height=\"5\"/></svg>",
         .title = "Scores als balken",
         .description = "Visie 1½, analyse 2",
         .width = 100,
         .height = 50});
    document.new_page();
    document.heading(2, "Op een nieuwe bladzijde");
    document.tick("Ja");
    document.write_lines(2);
    document.remark("Bron: geen");
    return document;
}

/// What the zip holds, by name, in its order.
std::vector<std::pair<std::string, std::string>> entries(const std::string& bytes,
                                                         std::vector<int>* methods = nullptr)
{
    zip_error_t error;
    zip_t* archive =
        zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_RDONLY, &error);
    std::vector<std::pair<std::string, std::string>> all;
    for (zip_int64_t index = 0; archive != nullptr && index < zip_get_num_entries(archive, 0); ++index) {
        zip_stat_t stat;
        zip_stat_index(archive, static_cast<zip_uint64_t>(index), 0, &stat);
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0);
        std::string content(stat.size, '\0');
        zip_fread(file, content.data(), content.size());
        zip_fclose(file);
        all.emplace_back(stat.name, std::move(content));
        if (methods != nullptr)
            methods->push_back(stat.comp_method);
    }
    zip_close(archive);
    return all;
}

std::string entry(const std::string& bytes, const std::string& name)
{
    for (auto& [found, content] : entries(bytes))
        if (found == name)
            return content;
    return {};
}

TEST(Html, EscapesWhatPeopleTyped)
{
    const auto html = to_html(example());

    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
    EXPECT_NE(html.find("<html lang=\"nl\">"), std::string::npos);
    EXPECT_NE(html.find("<title>Waar staat Voorbeeld &amp; Co?</title>"), std::string::npos);
    EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

TEST(Html, CannotBeEndedByATextInTheMargin)
{
    auto document = example();
    document.title = "\"; } body { display: none } </style><script>";

    const auto html = to_html(document);

    EXPECT_EQ(html.find("</style><script>"), std::string::npos);
    EXPECT_EQ(html.find("content: \"\";"), std::string::npos);
}

TEST(Html, GivesTablesHeadsAndFiguresADescription)
{
    const auto html = to_html(example());

    EXPECT_NE(html.find("<th scope=\"col\">thema</th><th scope=\"col\" class=\"number\">punten</th>"),
              std::string::npos);
    EXPECT_NE(html.find("<th scope=\"row\">Visie</th><td class=\"number\">1½</td>"), std::string::npos);
    EXPECT_NE(html.find("aria-label=\"Visie 1½, analyse 2\""), std::string::npos);
}

TEST(Html, LetsALongAddressBreakInATableAndLeavesWordsWhole)
{
    Document document = example();
    document.blocks = {};
    document.table({.caption = "Bewijs",
                    .head = {"vraag", "bewijs"},
                    .rows = {{"Samen?", "Verslag (https://voorbeeldstad.example/samen?a&b)"}},
                    .numbers = {}});

    const auto html = to_html(document);

    EXPECT_NE(html.find("<td>Verslag (https:/<wbr>/<wbr>voorbeeldstad.<wbr>example/<wbr>samen?a&amp;b)</td>"),
              std::string::npos);
}

TEST(Odt, BeginsWithItsMediaTypeUncompressed)
{
    std::vector<int> methods;
    const auto bytes = to_odt(example());
    const auto all = entries(bytes, &methods);

    // What file(1) and every office program look at: the name at byte 30, the type right behind it.
    EXPECT_EQ(bytes.substr(30, 8), "mimetype");
    EXPECT_EQ(bytes.substr(38, 39), "application/vnd.oasis.opendocument.text");
    EXPECT_EQ(methods.front(), ZIP_CM_STORE);
    EXPECT_EQ(bytes, to_odt(example()));
}

TEST(Odt, ListsEveryFileInItsManifest)
{
    const auto bytes = to_odt(example());
    pugi::xml_document manifest;
    ASSERT_TRUE(manifest.load_string(entry(bytes, "META-INF/manifest.xml").c_str()));

    std::set<std::string> listed;
    for (const auto& file : manifest.child("manifest:manifest").children("manifest:file-entry"))
        listed.insert(file.attribute("manifest:full-path").value());

    std::set<std::string> held{"/"};
    for (const auto& [name, content] : entries(bytes))
        if (name != "mimetype" && name != "META-INF/manifest.xml")
            held.insert(name);
    EXPECT_EQ(listed, held);
    EXPECT_TRUE(held.contains("Pictures/figure1.svg"));
    EXPECT_TRUE(entry(bytes, "Pictures/figure1.svg").starts_with("<svg font-family=\"Liberation Sans\" xmlns"));
}

TEST(Odt, SaysTitleLanguageAndDate)
{
    pugi::xml_document meta;
    ASSERT_TRUE(meta.load_string(entry(to_odt(example()), "meta.xml").c_str()));

    const auto about = meta.child("office:document-meta").child("office:meta");
    EXPECT_STREQ(about.child_value("dc:title"), "Waar staat Voorbeeld & Co?");
    EXPECT_STREQ(about.child_value("dc:language"), "nl");
    EXPECT_STREQ(about.child_value("dc:date"), "2026-11-21T00:00:00");
}

TEST(Odt, HasEveryStyleItUses)
{
    const auto bytes = to_odt(example());
    pugi::xml_document content, styles;
    ASSERT_TRUE(content.load_string(entry(bytes, "content.xml").c_str()));
    ASSERT_TRUE(styles.load_string(entry(bytes, "styles.xml").c_str()));
    EXPECT_STREQ(styles.select_node("//style:font-face").node().attribute("svg:font-family").value(),
                 "'Liberation Sans'")
        << "a list would be taken for the name of one font";

    std::set<std::string> defined;
    for (const auto* document : {&content, &styles})
        for (const auto& found : document->select_nodes("//*[@style:name]"))
            defined.insert(found.node().attribute("style:name").value());
    for (const char* used :
         {"text:style-name", "table:style-name", "style:parent-style-name", "style:next-style-name"})
        for (const auto* document : {&content, &styles})
            for (const auto& found : document->select_nodes(("//*[@" + std::string{used} + "]").c_str()))
                EXPECT_TRUE(defined.contains(found.node().attribute(used).value()))
                    << found.node().attribute(used).value();
}

TEST(Odt, GivesEachColumnOfATableTheRoomItsTextsAsk)
{
    Document document = example();
    document.blocks = {{.kind = BlockKind::table,
                        .level = 0,
                        .table = TableBlock{.caption = "Acties",
                                            .head = {"actie", "klaar op"},
                                            .rows = {{std::string(400, 'x'), "7 november 2026"}},
                                            .numbers = {}}}};
    pugi::xml_document content;
    ASSERT_TRUE(content.load_string(entry(to_odt(document), "content.xml").c_str()));

    // Writer reads the styles of tables from the automatic ones of the content only.
    const auto automatic = content.child("office:document-content").child("office:automatic-styles");
    std::vector<int> widths;
    for (const auto& column : content.select_nodes("//table:table-column")) {
        const auto style = automatic.find_child_by_attribute("style:style", "style:name",
                                                             column.node().attribute("table:style-name").value());
        widths.push_back(style.child("style:table-column-properties").attribute("style:column-width").as_int());
    }
    ASSERT_EQ(widths.size(), 2u);
    EXPECT_EQ(widths[0] + widths[1], 170) << "the room between the margins";
    EXPECT_GT(widths[0], 2 * widths[1]);
    EXPECT_GT(widths[1], 25) << "a date stands on one line";
    for (const auto& cell : content.select_nodes("//table:table-cell"))
        EXPECT_TRUE(automatic.find_child_by_attribute("style:style", "style:name",
                                                      cell.node().attribute("table:style-name").value()));
}

TEST(Odt, HoldsHeadingsTablesAndTypedTextAsTheyAre)
{
    pugi::xml_document xml;
    ASSERT_TRUE(xml.load_string(entry(to_odt(example()), "content.xml").c_str()));

    const auto text = xml.child("office:document-content").child("office:body").child("office:text");
    EXPECT_STREQ(text.child("text:h").child_value(), "Thema’s");
    EXPECT_STREQ(text.child("text:h").attribute("text:outline-level").value(), "1");
    EXPECT_TRUE(text.find_child(
        [](const auto& node) { return std::string_view{node.child_value()} == "<script>alert(1)</script>"; }));
    EXPECT_STREQ(text.select_node("table:table/table:table-header-rows//text:p").node().child_value(), "thema");
    EXPECT_EQ(text.select_nodes("table:table/table:table-row").size(), 2U);
    EXPECT_STREQ(text.select_node("//draw:frame/svg:desc").node().child_value(), "Visie 1½, analyse 2");
}

TEST(Document, SurvivesAsJson)
{
    const auto document = example();

    const auto read = describe::read_json<Document>(describe::to_json(document));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, document);
}

} // namespace
} // namespace beproefd::documents
