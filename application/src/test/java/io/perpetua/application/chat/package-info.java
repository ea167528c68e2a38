@NullMarked
package io.perpetua.application.chat;

import org.jspecify.annotations.NullMarked;
