/** An upstream that does what a test tells it, and what every dialect must make of one that misbehaves. */
@NullMarked
package io.perpetua.adapters.llm.http;

import org.jspecify.annotations.NullMarked;
