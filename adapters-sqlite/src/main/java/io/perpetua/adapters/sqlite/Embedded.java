package io.perpetua.adapters.sqlite;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the beans that serve when the configuration chooses this store, as it does by default. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Requires(property = "perpetua.store", value = "sqlite", defaultValue = "sqlite")
@interface Embedded {}
