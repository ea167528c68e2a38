# Stands before every snippet.
set -euo pipefail

# The call of a snippet. A refusal fails unless it is what is to be shown; JOB, DOC and the like are ids of answers before; a
# job is asked for until it has ended.
curl() {
  local each status words=()
  for each in "$@"; do words+=("$(fill "$each")"); done
  while :; do
    status=$(command curl -sS -o "$DOCS/answer" -w '%{http_code}' "${words[@]}")
    grep -Eq '"job_id".*"status":"(queued|running)"' "$DOCS/answer" && [[ "${words[*]}" = */jobs/* ]] || break
    sleep 0.05
  done
  note JOB job_id; note DOC doc_id; note REGION region_id; note FACT_ID fact_id; note ANCHOR_ID id
  cat "$DOCS/answer"
  echo
  if [ "$status" -ge 400 ] && [ -z "$DOCS_REFUSED" ]; then
    echo "answered $status" >&2
    return 22
  fi
}

# $1 with the ids that stand for its words.
fill() {
  local text=$1 name
  for name in JOB DOC REGION FACT_ID ANCHOR_ID; do
    if [ -e "$DOCS/id-$name" ]; then text=$(sed -E "s/\b$name\b/$(cat "$DOCS/id-$name")/g" <<<"$text"); fi
  done
  printf %s "$text"
}

# The first id of field $2 in the answer is what $1 stands for.
note() {
  local found
  found=$(grep -o "\"$2\":\"[^\"]*\"" "$DOCS/answer" | head -n 1 | cut -d '"' -f 4) || true
  if [ -n "$found" ]; then printf %s "$found" >"$DOCS/id-$1"; fi
}
