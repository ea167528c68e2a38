package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryIndexJobs implements IndexJobs {

    private record Key(Scope scope, String id) {}

    private final Map<Key, IndexJob> all = new LinkedHashMap<>();
    private boolean away;

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }

    @Override
    public synchronized Added add(IndexJob job, int most, int mostOfTenant) {
        requireThere();
        if (job.status().open()) {
            var open = open();
            if (open.size() >= most) {
                return Added.FULL;
            }
            String tenant = job.scope().tenant();
            if (open.stream()
                            .filter(each -> each.scope().tenant().equals(tenant))
                            .count()
                    >= mostOfTenant) {
                return Added.TENANT_FULL;
            }
        }
        all.put(new Key(job.scope(), job.id()), job);
        return Added.ADDED;
    }

    @Override
    public synchronized @Nullable IndexJob find(Scope scope, String id) {
        requireThere();
        return all.get(new Key(scope, id));
    }

    @Override
    public synchronized List<IndexJob> open() {
        requireThere();
        return all.values().stream().filter(job -> job.status().open()).toList();
    }

    @Override
    public synchronized boolean update(IndexJob job) {
        requireThere();
        var key = new Key(job.scope(), job.id());
        var before = all.get(key);
        if (before == null || !before.status().open()) {
            return false;
        }
        all.put(key, job);
        return true;
    }

    @Override
    public void erase(Scope scope, String document) {
        var _ = erase(job -> job.scope().equals(scope) && document.equals(job.document()));
    }

    boolean eraseOf(ConversationKey key) {
        return erase(job -> job.scope().equals(key.scope()) && key.id().equals(job.conversation()));
    }

    private synchronized boolean erase(Predicate<IndexJob> which) {
        requireThere();
        return all.values().removeIf(job -> job.status().open() && which.test(job));
    }
}
