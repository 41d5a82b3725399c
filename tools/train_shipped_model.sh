#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains the levels of the shipped model from graded pairs, and prints the trained model as JSON (docs/model.md, "Training
# and levels"). The weights of the shipped model are those in the file; only `levels` and `card` are taken over.
#
# usage: train_shipped_model.sh DATA FOLDER NAME
#   DATA    folder of graded data, see docs/evaluation.md
#   FOLDER  data folder of a running daemon whose records were imported as in docs/evaluation.md
#   NAME    version to print the model under
# Needs DUIJIE_SERVER and DUIJIE_KEY, and `ninja duijied duijie model_export`. The daemon must be stopped when asked.
set -eu
data=$1
folder=$2
name=$3
bin=$(dirname "$0")/../build/release/bin
"$bin/duijie" judgement import "$data/qrels.tsv" --need-source contest2019 --achievement-source contest2019 >&2
version=$("$bin/duijie" --json model train --seed 1 --folds 10 | sed 's/.*"version":"\([^"]*\)".*/\1/')
echo "trained $version; stop the daemon now, then press Enter" >&2
read -r _
"$bin/model_export" "$folder/learning" "$version" "$name"
