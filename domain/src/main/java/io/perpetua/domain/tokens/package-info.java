/** What text costs a model: counts of tokens and the overhead of messages. */
@NullMarked
package io.perpetua.domain.tokens;

import org.jspecify.annotations.NullMarked;
