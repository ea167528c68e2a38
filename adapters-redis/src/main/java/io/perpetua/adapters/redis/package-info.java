/** Driven adapter: keeps the record in Redis, where any number of instances share it. */
@NullMarked
package io.perpetua.adapters.redis;

import org.jspecify.annotations.NullMarked;
