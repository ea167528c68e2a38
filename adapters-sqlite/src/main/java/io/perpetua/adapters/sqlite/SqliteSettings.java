package io.perpetua.adapters.sqlite;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;

/**
 * Where the embedded store keeps its files.
 *
 * @param data the directory, made when it is missing; one server at a time uses it
 */
@ConfigurationProperties("perpetua")
public record SqliteSettings(
        @Bindable(defaultValue = ".perpetua") Path data) {}
