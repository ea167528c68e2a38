# Stands before every snippet.
set -euo pipefail

# The call of a snippet. A refusal fails unless it is what is to be shown; JOB, DOC and the like are ids of answers before; a
# job is asked for until it has ended.
curl() {
  local each status call answer words=()
  for each in "$@"; do
    fill "$each"
    words+=("$filled")
  done
  while :; do
    read -r status call < <(command curl -sS -o "$DOCS/answer" -w '%{http_code} %{method} %{url_effective}\n' "${words[@]}")
    answer=$(tr -d '\0' <"$DOCS/answer")
    [[ "${words[*]}" = */jobs/* && $answer =~ \"status\":\"(queued|running)\" ]] || break
    sleep 0.05
  done
  echo "$status $call" >>"$DOCS/calls"
  cp "$DOCS/answer" "$DOCS/call-$(wc -l <"$DOCS/calls")"
  note JOB job_id
  note DOC doc_id
  note REGION region_id
  note FACT_ID fact_id
  note ANCHOR_ID id
  cat "$DOCS/answer"
  echo
  if [ "$status" -ge 400 ] && [ -z "$DOCS_REFUSED" ]; then
    echo "answered $status" >&2
    return 22
  fi
}

# Leaves $1 in filled, with the ids that stand for its words.
fill() {
  filled=$1
  local name
  for name in JOB DOC REGION FACT_ID ANCHOR_ID; do
    if [[ $filled =~ (^|[^A-Za-z_])$name($|[^A-Za-z_]) && -e $DOCS/id-$name ]]; then
      filled=${filled//$name/$(<"$DOCS/id-$name")}
    fi
  done
}

# The first id of field $2 in the answer is what $1 stands for.
note() {
  if [[ $answer =~ \"$2\":\"([^\"]*)\" ]]; then printf %s "${BASH_REMATCH[1]}" >"$DOCS/id-$1"; fi
}
