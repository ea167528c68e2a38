/** Tests of finding facts by a model. */
@NullMarked
package io.perpetua.adapters.llm.facts;

import org.jspecify.annotations.NullMarked;
