package io.perpetua.bootstrap.keys;

import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.KeyText;
import io.perpetua.domain.conversation.Names;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perpetua keys create}: makes a key and shows it, once. */
@Command(
        name = "create",
        description =
                "Make a key. It is printed to standard output, and kept nowhere: KEY=$(./perpetua keys create ci)",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CreateKey implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What to call it in the list of keys.")
    private String name = "";

    @Mixin
    private AccessOptions options = new AccessOptions();

    @Mixin
    private KeyStore store = new KeyStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!Names.valid(name)) {
            throw AccessOptions.wrong("NAME", name, "1 to 256 printable characters");
        }
        Access access = options.access();
        @Nullable Instant expiresAt = options.expiresAt(Instant.now());
        KeyText key = store.with(opened -> opened.keys().create(name, access, expiresAt));
        var err = spec.commandLine().getErr();
        err.println("The key " + key.id() + " (" + name + ") of tenant " + access.tenant()
                + " is made. It is shown this once and cannot be shown again.");
        err.println("Give it to an OpenAI client as its API key; it is sent as \"Authorization: Bearer perp-...\".");
        err.flush();
        var out = spec.commandLine().getOut();
        out.println(key.reveal());
        out.flush();
        return 0;
    }
}
