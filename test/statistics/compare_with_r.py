#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the R scripts of `beproefd analyse --as-r` and compares what they print with the replies.

    compare_with_r.py ANALYSE [--tolerance 1e-5] FILE…

ANALYSE is the program (with its arguments, in one word split at spaces); a FILE holds cases of the contract, or with
the ending .ndjson one request a line. Needs Rscript with the packages a script names; a script whose package is not
installed is counted apart. Exit status 0 when all that could be compared agree.
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile

DRIVER = """
files <- commandArgs(trailingOnly = TRUE)
for (file in files) {
  cat("## ", file, "\\n", sep = "")
  tryCatch(suppressWarnings(suppressMessages(source(file, local = new.env(), echo = FALSE))),
           error = function(e) cat("!! ", gsub("\\n", " ", conditionMessage(e)), "\\n", sep = ""))
}
"""


def requests(path):
    text = pathlib.Path(path).read_text()
    if path.endswith(".ndjson"):
        for number, line in enumerate(text.splitlines()):
            if line.strip():
                request = json.loads(line)
                yield str(request.get("id", f"{path}:{number + 1}")), request
    else:
        for case in json.loads(text)["cases"]:
            yield case["id"], case["request"]


def leaves(result, name):
    """The numbers that stand under a dotted name; a list of objects gives one number per object."""
    found = [result]
    for part in name.split("."):
        found = [item for place in found for item in (place if isinstance(place, list) else [place])]
        found = [place[part] for place in found if isinstance(place, dict) and part in place]
    flat = []
    while found:
        item = found.pop(0)
        if isinstance(item, list):
            found = item + found
        else:
            flat.append(item)
    return flat


def number(text):
    return math.nan if text in ("NA", "NaN") else float(text.replace("Inf", "inf"))


# Where R itself stops early, its answer is not the witness to the last digit.
LOOSER = {
    # fisher.test() finds the odds ratio and its limits with uniroot() at its default tolerance of 1.2e-4.
    "test.fisher": 3e-3,
    # pwr solves for an effect with uniroot() too, with the same tolerance on a smaller scale.
    "power.t": 1e-4,
    "power.correlation": 1e-4,
}


def main():
    words = sys.argv[1:]
    tolerance = 1e-5
    if "--tolerance" in words:
        place = words.index("--tolerance")
        tolerance = float(words[place + 1])
        del words[place:place + 2]
    analyse, files = words[0].split(), words[1:]
    agreed, without_peer, not_installed, wrong = 0, 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        scripts = {}
        for file in files:
            for identity, request in requests(file):
                text = json.dumps(request)
                reply = json.loads(subprocess.run(analyse, input=text, capture_output=True, text=True).stdout)
                script = subprocess.run(analyse + ["--as-r"], input=text, capture_output=True, text=True)
                if not reply["ok"]:
                    continue
                if script.returncode != 0:
                    without_peer += 1
                    continue
                path = f"{folder}/{len(scripts):05}.R"
                pathlib.Path(path).write_text(script.stdout)
                scripts[path] = (identity, reply["result"])
        driver = pathlib.Path(folder, "driver.r")
        driver.write_text(DRIVER)
        printed = subprocess.run(["Rscript", str(driver), *scripts], capture_output=True, text=True).stdout
        identity, result, compared = None, None, {}
        for line in printed.splitlines():
            if line.startswith("## "):
                identity, result = scripts[line[3:]]
                compared[identity] = 0
            elif line.startswith("!! "):
                if "there is no package" in line:
                    not_installed += 1
                else:
                    wrong.append(f"{identity}: R says {line[3:]}")
                compared[identity] = -1
            elif "\t" in line and result is not None:
                name, values = line.split("\t", 1)
                expected = [number(value) for value in values.split()]
                actual = [math.nan if value is None else float(value) for value in leaves(result, name)]
                compared[identity] += 1
                if len(expected) != len(actual):
                    wrong.append(f"{identity}: {name} has {len(actual)} values, in R {len(expected)}")
                    continue
                for ours, theirs in zip(actual, expected):
                    if math.isnan(ours) and (math.isnan(theirs) or math.isinf(theirs)):
                        continue
                    allowed = max(tolerance, LOOSER.get(identity.split("/")[0], 0))
                    if not abs(ours - theirs) <= allowed * max(abs(theirs), 1e-3):
                        wrong.append(f"{identity}: {name} is {ours}, in R {theirs}")
                        break
        for identity, count in compared.items():
            if count == 0:
                wrong.append(f"{identity}: the script printed nothing")
            agreed += count > 0
    for line in wrong:
        print(line)
    print(f"{agreed} scripts run, {len(wrong)} differences; {without_peer} without a peer in R, "
          f"{not_installed} whose package is not installed")
    return 1 if wrong or agreed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
