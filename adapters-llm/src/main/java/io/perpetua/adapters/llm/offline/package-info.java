/** A chat provider that needs no network: it quotes what it is sent. */
@NullMarked
package io.perpetua.adapters.llm.offline;

import org.jspecify.annotations.NullMarked;
