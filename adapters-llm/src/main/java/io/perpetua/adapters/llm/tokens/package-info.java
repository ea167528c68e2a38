/*
 * Exact token counts for the byte pair encodings cl100k_base and o200k_base, and which model counts by which.
 *
 *   text ── Utf8 ──> bytes ── Splitter ──> pieces ── cache | vocabulary | merge ──> tokens
 *
 * A byte pair encoding first cuts the text into pieces (roughly: words with the space before them), by a regular
 * expression that belongs to it. Each piece is then brought to tokens on its own: if the whole piece is in the
 * vocabulary it is one token; if not, it starts as single bytes, and of all neighbours whose bytes together are in the
 * vocabulary the pair with the lowest rank (leftmost among equals) is joined, until no neighbours can be joined.
 *
 * Only the number of tokens matters here, so no token is ever built:
 * - the two regular expressions are written out by hand over a table of character classes (Cl100kSplitter,
 *   O200kSplitter);
 * - how many tokens a short piece has is remembered, since most pieces of a text occur again (PieceCache);
 * - short pieces are joined in a plain array (ArrayMerge), long ones with a heap (HeapMerge), so that a megabyte without
 *   a single space costs n log n, and some 30 bytes of memory a byte, instead of bringing the server down.
 *
 * The vocabularies are the files inside the jtokkit jar.
 */
@NullMarked
package io.perpetua.adapters.llm.tokens;

import org.jspecify.annotations.NullMarked;
