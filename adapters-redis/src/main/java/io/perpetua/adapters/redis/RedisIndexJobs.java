package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.vision.IndexJobs;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Problem;
import io.perpetua.domain.vision.IndexJob.Status;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to be indexed, in Redis: all in one slot, for there are few, and every instance looks for all. */
@Singleton
@Shared
final class RedisIndexJobs implements IndexJobs {

    private static final String SLOT = "perpetua:{jobs}:";
    private static final byte[] OPEN = Names.bytes(SLOT + "open");
    private static final Script ADD = Script.load("add-job.lua");
    private static final Script CHANGE = Script.load("change-job.lua");
    private static final Comparator<IndexJob> OLDEST_FIRST =
            Comparator.comparing(IndexJob::at).thenComparing(IndexJob::id);

    private final Link link;

    RedisIndexJobs(Link link) {
        this.link = link;
    }

    private static String name(Scope scope, String id) {
        return DocumentKeys.name(scope) + '\0' + id;
    }

    static byte[] ended(Scope scope, String id) {
        return ended(name(scope, id));
    }

    private static byte[] ended(String name) {
        return Names.bytes(SLOT + "ended:" + Names.digest(name));
    }

    @Override
    public Added add(IndexJob job, int most, int mostOfTenant) {
        String name = name(job.scope(), job.id());
        if (!job.status().open()) {
            link.ask(commands -> commands.psetex(ended(name), KEPT.toMillis(), packed(job)));
            return Added.ADDED;
        }
        long came = link.<Long>ask(commands -> Link.run(
                commands,
                ADD,
                ScriptOutputType.INTEGER,
                new byte[][] {OPEN},
                Names.bytes(name),
                packed(job),
                Names.bytes(most),
                Names.bytes(mostOfTenant),
                Names.bytes(job.scope().tenant() + '\0')));
        return came == 0 ? Added.ADDED : came == 1 ? Added.FULL : Added.TENANT_FULL;
    }

    @Override
    public @Nullable IndexJob find(Scope scope, String id) {
        String name = name(scope, id);
        byte @Nullable [] open = link.ask(commands -> commands.hget(OPEN, Names.bytes(name)));
        byte @Nullable [] found = open == null ? link.ask(commands -> commands.get(ended(name))) : open;
        return found == null ? null : unpacked(found);
    }

    @Override
    public List<IndexJob> open() {
        Map<byte[], byte[]> all = link.ask(commands -> commands.hgetall(OPEN));
        return all.values().stream()
                .map(RedisIndexJobs::unpacked)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public boolean update(IndexJob job) {
        String name = name(job.scope(), job.id());
        long kept = job.status().open() ? 0 : KEPT.toMillis();
        return link.<Long>ask(commands -> Link.run(
                        commands,
                        CHANGE,
                        ScriptOutputType.INTEGER,
                        new byte[][] {OPEN, ended(name)},
                        Names.bytes(name),
                        packed(job),
                        Names.bytes(kept)))
                == 1;
    }

    @Override
    public void erase(Scope scope, String document) {
        var _ = erase(job -> job.scope().equals(scope) && document.equals(job.document()));
    }

    /** Forgets the open jobs that are to bring a document which belongs to a conversation. Returns whether there were any. */
    boolean eraseOf(ConversationKey key) {
        return erase(job -> job.scope().equals(key.scope()) && key.id().equals(job.conversation()));
    }

    private boolean erase(Predicate<IndexJob> which) {
        byte[][] names = open().stream()
                .filter(which)
                .map(job -> Names.bytes(name(job.scope(), job.id())))
                .toArray(byte[][]::new);
        if (names.length > 0) {
            link.ask(commands -> commands.hdel(OPEN, names));
        }
        return names.length > 0;
    }

    private static byte[] packed(IndexJob job) {
        var packer = new Packer().text(job.id()).text(DocumentKeys.name(job.scope()));
        packer.orNull(job.document()).orNull(job.address()).number(job.force() ? 1 : 0);
        packer.text(job.status().name()).number(job.done()).number(job.pages()).number(job.attempts());
        packer.signed(Micros.of(job.due()));
        packer.orNull(job.error() == null ? null : job.error().code());
        packer.orNull(job.error() == null ? null : job.error().message());
        packer.signed(Micros.of(job.at()));
        DocumentRecord.pack(job.metadata(), packer);
        return packer.packed();
    }

    private static IndexJob unpacked(byte[] packed) {
        var from = new Unpacker(packed, 0);
        String id = from.text();
        var scope = DocumentKeys.scope(from.text());
        String document = from.orNull();
        String address = from.orNull();
        boolean force = from.number() == 1;
        var status = Status.valueOf(from.text());
        int done = from.smallNumber();
        int pages = from.smallNumber();
        int attempts = from.smallNumber();
        var due = Micros.instant(from.signed());
        String code = from.orNull();
        String message = from.orNull();
        var error = code == null || message == null ? null : new Problem(code, message);
        var at = Micros.instant(from.signed());
        return new IndexJob(
                id,
                scope,
                document,
                address,
                DocumentRecord.metadata(from),
                force,
                status,
                done,
                pages,
                attempts,
                due,
                error,
                at);
    }
}
