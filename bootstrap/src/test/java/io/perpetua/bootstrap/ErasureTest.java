package io.perpetua.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.conversation.BrowseConversations;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.KeepAnchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for erased words in the raw bytes of every file that the whole of Perpetua has written. */
class ErasureTest {

    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);
    private static final ConversationKey SECRET = new ConversationKey(SCOPE, "zzqcellar");
    private static final ConversationKey OTHER = new ConversationKey(SCOPE, "other");

    @TempDir
    Path data;

    @Test
    void erase_longConversation_leavesNoByteOfItInAnyFile() throws IOException {
        try (var context = Contexts.start(null, Map.of("perpetua.data", data.toString()))) {
            var reader = context.getBean(MessageReader.class);
            for (int day = 0; day < 40; day++) {
                add(context.getBean(AddMemory.class), reader, SECRET, "zzqvault");
                add(context.getBean(AddMemory.class), reader, OTHER, "harbour");
            }
            context.getBean(RollBrief.class).roll(SECRET);
            context.getBean(RollBrief.class).roll(OTHER);
            context.getBean(KeepAnchors.class).pin(SECRET, "The zzqvault stays shut.", null, 0);
            context.getBean(AnswerCache.class)
                    .keep(
                            new CacheKey("request"),
                            new CachedAnswer("The zzqvault is open.", "provider", "model"),
                            SECRET,
                            Instant.now(),
                            CacheLimits.DEFAULT);
            context.getBean(IndexTurns.class).settle();
        }
        assertThat(filesWith("zzqvault")).as("it was written").hasSizeGreaterThan(1);

        try (var context = Contexts.start(null, Map.of("perpetua.data", data.toString()))) {
            context.getBean(BrowseConversations.class).erase(SECRET);
            context.getBean(IndexTurns.class).catchUp();
            context.getBean(IndexTurns.class).settle();
        }
        assertThat(filesWith("zzqvault")).isEmpty();
        assertThat(filesWith("zzqcellar")).isEmpty();
        assertThat(filesWith("harbour")).as("the other conversation stays").hasSizeGreaterThan(1);
    }

    private static void add(AddMemory memory, MessageReader reader, ConversationKey key, String word) {
        var said = new ArrayList<Dated>();
        for (String message : List.of(
                "{\"role\":\"user\",\"content\":\"Always call me keeper of the " + word + ", please.\"}",
                "{\"role\":\"assistant\",\"content\":\"The " + word + " it is. "
                        + "Its doors, its lamps and its long corridors are all in order today. ".repeat(8) + "\"}")) {
            said.add(new Dated(reader.read(message), null));
        }
        memory.add(key.scope(), key.id(), said);
    }

    private Set<String> filesWith(String word) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String raw = Files.readString(file, ISO_8859_1).toLowerCase(Locale.ROOT);
                if (raw.contains(word) || file.toString().contains(word)) {
                    found.add(data.relativize(file).toString());
                }
            }
        }
        return found;
    }
}
