/** What a strategy keeps of a conversation besides what bears on the message. */
@NullMarked
package io.perpetua.domain.strategy;

import org.jspecify.annotations.NullMarked;
