package io.perpetua.bootstrap.keys;

import io.perpetua.application.access.Spending;
import io.perpetua.domain.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code perpetua keys list}: shows every key, none of their secrets. */
@Command(name = "list", description = "List every key, the oldest first.", mixinStandardHelpOptions = true)
final class ListKeys implements Callable<Integer> {

    @Mixin
    private KeyStore store = new KeyStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Instant now = Instant.now();
        List<KeyRow> rows = store.with(opened -> opened.keys().list().stream()
                .map(key -> new KeyRow(key, spent(opened.spending(), key, now)))
                .toList());
        var out = spec.commandLine().getOut();
        if (rows.isEmpty()) {
            spec.commandLine().getErr().println("There are no keys. Make one: ./perpetua keys create NAME");
        } else {
            out.print(KeyTable.of(rows, now));
        }
        out.flush();
        spec.commandLine().getErr().flush();
        return 0;
    }

    private static long spent(Spending spending, ApiKey key, Instant now) {
        var budget = key.access().budget();
        return budget == null ? 0 : spending.spent(key.id(), budget.period(), now);
    }
}
