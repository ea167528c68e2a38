package io.perpetua.adapters.sqlite;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How much waits for the shared store at most.
 *
 * @param spoolMegabytes megabytes of turns, from 1
 */
@ConfigurationProperties("perpetua.redis")
record SpoolSettings(@Bindable(defaultValue = "256") int spoolMegabytes) {}
