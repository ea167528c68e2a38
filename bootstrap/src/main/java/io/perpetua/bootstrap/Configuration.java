package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What is configured, looked over as a whole.
 *
 * @param table what is known of models, by the price lists that could be read
 * @param offering who answers, null where there are mistakes about that; none of it has been asked
 * @param mistakes all that is wrong; nothing is to be made of a configuration that has any
 */
record Configuration(
        Environment environment,
        Settings settings,
        ModelTable table,
        @Nullable Offering offering,
        Mistakes mistakes) {}
