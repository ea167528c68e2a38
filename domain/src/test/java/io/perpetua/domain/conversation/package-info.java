@NullMarked
package io.perpetua.domain.conversation;

import org.jspecify.annotations.NullMarked;
