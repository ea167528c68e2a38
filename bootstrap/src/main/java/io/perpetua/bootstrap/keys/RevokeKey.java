package io.perpetua.bootstrap.keys;

import io.perpetua.bootstrap.Complaint;
import io.perpetua.domain.access.KeyText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perpetua keys revoke}: takes a key's goodness away for good. */
@Command(name = "revoke", description = "Revoke a key, for good.", mixinStandardHelpOptions = true)
final class RevokeKey implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The key's id in the list, or the key itself.")
    private String id = "";

    @Mixin
    private KeyStore store = new KeyStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        KeyText whole = KeyText.parse(id);
        String named = whole == null ? id : whole.id();
        if (!store.with(opened -> opened.keys().revoke(named))) {
            throw new Complaint("There is no key " + named + "; ./perpetua keys list shows those that there are.");
        }
        var err = spec.commandLine().getErr();
        err.println("The key " + named + " is revoked.");
        err.flush();
        return 0;
    }
}
