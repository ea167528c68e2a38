/** Has a model find facts in what users say. */
@NullMarked
package io.perpetua.adapters.llm.facts;

import org.jspecify.annotations.NullMarked;
