/** Tests of the configuration's keys. */
@org.jspecify.annotations.NullMarked
package io.perpetua.bootstrap.configuration;
