/**
 * The HTTP surface: what every capability's controllers share, namely who calls, how an answer is written, and what a
 * failure looks like.
 */
@NullMarked
package io.perpetua.adapters.http;

import org.jspecify.annotations.NullMarked;
