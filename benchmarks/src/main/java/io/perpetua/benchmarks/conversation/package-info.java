/** How a long conversation about building a user interface is remembered: required facts, likeness of answers, tokens. */
@NullMarked
package io.perpetua.benchmarks.conversation;

import org.jspecify.annotations.NullMarked;
