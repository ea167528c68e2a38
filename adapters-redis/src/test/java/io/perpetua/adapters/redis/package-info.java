@NullMarked
package io.perpetua.adapters.redis;

import org.jspecify.annotations.NullMarked;
