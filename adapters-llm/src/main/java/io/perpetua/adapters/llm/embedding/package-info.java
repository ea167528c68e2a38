/*
 * The embedder that needs no service: bge-small-en-v1.5, quantised, run in this process on one CPU thread a text.
 *
 *   text ── WordPieces ──> pieces ── Stretches ──> stretches of at most 254 ── BgeModel ──> one unit vector each
 *
 * Only the files come from the LangChain4j jar: its session spins on all cores, and its tokenizer cuts off in silence.
 * Texts are never batched: batching saves nothing on a CPU, and since the model is quantised by what else is in the
 * batch, it changes the vectors. BgeEmbedder decides on which thread things run.
 */
@NullMarked
package io.perpetua.adapters.llm.embedding;

import org.jspecify.annotations.NullMarked;
