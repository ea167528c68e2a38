package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.vision.Documents.Erased;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * What is erased is noted before anything goes, and so is what is about to be kept, for later: whoever breaks off in the
 * middle leaves a note, by which the rest goes.
 */
/** How documents are erased. Safe for concurrent use. */
@Singleton
@Shared
final class DocumentErasure {

    /** Longer than it takes to write a document, and than clocks are apart. */
    private static final Duration WRITING = Duration.ofMinutes(10);

    private static final Script REST = Script.load("document-rest.lua");
    private static final Script FORGET = Script.load("forget-erased.lua");

    private final Link link;
    private final RedisIndexJobs jobs;
    private final InstantSource clock;

    @Inject
    DocumentErasure(Link link, RedisIndexJobs jobs) {
        this(link, jobs, InstantSource.system());
    }

    DocumentErasure(Link link, RedisIndexJobs jobs, InstantSource clock) {
        this.link = link;
        this.jobs = jobs;
        this.clock = clock;
    }

    private static String name(Scope scope, String id) {
        return DocumentKeys.name(scope) + '\0' + id;
    }

    /** Notes that a document is about to be written. Returns what ends that. */
    Erased writing(Scope scope, String id) {
        return note(scope, id, Micros.of(clock.instant().plus(WRITING)));
    }

    private Erased note(Scope scope, String id, long at) {
        byte[] member = Names.bytes(name(scope, id));
        link.ask(commands -> commands.zadd(DocumentKeys.ERASED, (double) at, member));
        return new Erased(Long.toString(at), scope, id);
    }

    /** Erases a document. Returns whether it was there. */
    boolean erase(Scope scope, String id) {
        byte @Nullable [] found = link.ask(commands -> commands.get(DocumentKeys.document(id)));
        if (found == null) {
            return false;
        }
        var record = DocumentRecord.of(found);
        if (!record.scope().equals(scope)) {
            return false;
        }
        note(scope, id, Micros.of(clock.instant()));
        long gone = link.<Long>ask(commands -> commands.del(DocumentKeys.document(id)));
        link.askAll(List.<Link.Question<Long>>of(
                commands -> commands.del(DocumentKeys.pages(id), DocumentKeys.bytes(id)),
                commands -> commands.zrem(DocumentKeys.listed(scope), Names.bytes(id))));
        unbind(record);
        return gone == 1;
    }

    /** A document does not belong to its conversation any more. */
    void unbind(DocumentRecord record) {
        String conversation = record.document().conversation();
        if (conversation != null) {
            byte[] bound = DocumentKeys.bound(record.scope(), conversation);
            link.ask(commands ->
                    commands.srem(bound, Names.bytes(record.document().id())));
        }
    }

    /** Erases what belongs to a conversation, jobs that are to bring such included. Returns whether there was anything. */
    boolean eraseOf(ConversationKey key) {
        boolean any = false;
        Set<byte[]> bound = link.ask(commands -> commands.smembers(DocumentKeys.bound(key)));
        for (byte[] id : bound) {
            jobs.erase(key.scope(), new String(id, UTF_8));
            any |= erase(key.scope(), new String(id, UTF_8));
        }
        return jobs.eraseOf(key) || any;
    }

    List<Erased> erased(int limit) {
        var until = Range.create(0d, (double) Micros.of(clock.instant()));
        List<ScoredValue<byte[]>> found = link.ask(
                commands -> commands.zrangebyscoreWithScores(DocumentKeys.ERASED, until, Limit.create(0, limit)));
        return found.stream()
                .map(each -> {
                    String name = new String(each.getValue(), UTF_8);
                    int end = name.lastIndexOf('\0');
                    return new Erased(
                            Long.toString((long) each.getScore()),
                            DocumentKeys.scope(name.substring(0, end)),
                            name.substring(end + 1));
                })
                .toList();
    }

    void forget(Erased erased) {
        String id = erased.document();
        byte[][] keys = {DocumentKeys.document(id), DocumentKeys.pages(id), DocumentKeys.bytes(id)};
        link.<Long>ask(commands -> Link.run(commands, REST, ScriptOutputType.INTEGER, keys));
        written(erased);
    }

    /** What was about to be written is. */
    void written(Erased note) {
        byte[] member = Names.bytes(name(note.scope(), note.document()));
        link.<Long>ask(commands -> Link.run(
                commands,
                FORGET,
                ScriptOutputType.INTEGER,
                new byte[][] {DocumentKeys.ERASED},
                member,
                Names.bytes(note.name())));
    }
}
