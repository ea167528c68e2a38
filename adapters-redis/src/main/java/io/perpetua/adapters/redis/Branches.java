package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.adapters.redis.Head.Stretch;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A name that was given here says where its branch is. One that came from another store does not: the partition of that
 * name has an entry, which like a hint is believed only if the branch is there.
 */
/** Finds branches by their names. Safe for concurrent use. */
@Singleton
@Shared
final class Branches {

    private static final char BETWEEN = ':';
    private static final int PARTS = 3;

    private final Link link;
    private final Homes homes;
    private final Reading reading;

    Branches(Link link, Homes homes, Reading reading) {
        this.link = link;
        this.homes = homes;
        this.reading = reading;
    }

    /**
     * A branch that somebody has on the path.
     *
     * @param through who: the conversation that writes it, or of its forks the one that shares the most
     * @param stretch what that has of it
     */
    record Found(Stored through, Stretch stretch) {

        /** Whether the conversation that writes it is there. */
        boolean owned() {
            return through.head().branch().equals(stretch.branch());
        }

        byte[] turns() {
            return stretch.branch().turns(through.place());
        }
    }

    /** The branch that is called {@code name}, null if nobody has one on the path. */
    @Nullable
    Found find(Scope scope, String name) {
        Branch own = Branch.of(scope, name);
        Found found = own == null ? null : at(homes.find(new ConversationKey(scope, own.id())), own);
        return found == null ? byAlias(scope, name) : found;
    }

    private @Nullable Found byAlias(Scope scope, String name) {
        var named = Place.own(scope, name);
        byte[] value = link.ask(commands -> commands.hget(named.aliases(), named.field()));
        if (value == null) {
            return null;
        }
        String[] parts = new String(value, UTF_8).split(String.valueOf(BETWEEN), PARTS);
        Place place = Place.own(scope, parts[2]).in(Integer.parseInt(parts[0]));
        var branch = new Branch(parts[2], parts[1], place.token());
        return at(place, branch.name().equals(name) ? branch : new Branch(parts[2], parts[1], place.token(), name));
    }

    /** Writes down where the branch is that came with its name from another store. */
    void note(Scope scope, Branch branch, int partition) {
        var named = Place.own(scope, branch.name());
        byte[] value = Names.bytes(partition + (BETWEEN + branch.incarnation()) + BETWEEN + branch.id());
        link.ask(commands -> commands.hset(named.aliases(), named.field(), value));
    }

    private @Nullable Found at(Place place, Branch branch) {
        Stored owner = stored(place.beside(branch.token()));
        if (owner != null && owner.head().branch().equals(branch)) {
            return new Found(owner, new Stretch(branch, owner.head().first(), owner.turns()));
        }
        String longest = longestFork(place, branch);
        Stored fork = longest == null ? null : stored(place.beside(longest));
        if (fork == null) {
            return null;
        }
        return fork.head().shared().stream()
                .filter(each -> each.branch().equals(branch))
                .findFirst()
                .map(each -> new Found(fork, each))
                .orElse(null);
    }

    private @Nullable Stored stored(Place place) {
        return reading.heads(List.of(place)).getFirst();
    }

    /** Of the conversations that share turns of a branch the one that shares the most. */
    private @Nullable String longestFork(Place place, Branch branch) {
        Map<byte[], byte[]> forks = link.ask(commands -> commands.hgetall(branch.forks(place)));
        String longest = null;
        int last = 0;
        for (var fork : forks.entrySet()) {
            int shared = Integer.parseInt(Commit.text(fork.getValue()));
            if (shared > last) {
                longest = Commit.text(fork.getKey());
                last = shared;
            }
        }
        return longest;
    }
}
