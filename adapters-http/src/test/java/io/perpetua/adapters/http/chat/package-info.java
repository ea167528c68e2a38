@NullMarked
package io.perpetua.adapters.http.chat;

import org.jspecify.annotations.NullMarked;
