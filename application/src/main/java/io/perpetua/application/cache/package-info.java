/** Answers that are given again: to the same request within a while, and to identical requests at once. */
@NullMarked
package io.perpetua.application.cache;

import org.jspecify.annotations.NullMarked;
