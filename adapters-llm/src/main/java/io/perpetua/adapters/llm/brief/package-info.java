/** Briefs written by a model. */
@NullMarked
package io.perpetua.adapters.llm.brief;

import org.jspecify.annotations.NullMarked;
