@NullMarked
package io.perpetua.application.cache;

import org.jspecify.annotations.NullMarked;
