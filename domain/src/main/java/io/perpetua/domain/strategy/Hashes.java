package io.perpetua.domain.strategy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as 64 bits each: enough to know them again, and nothing that could be read. Never 0. */
final class Hashes {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final Pattern WORD = Pattern.compile("\\p{Lu}?[\\p{Ll}\\p{Lo}]++|\\p{Lu}++|\\p{N}++");
    private static final int SHORTEST = 3;

    private Hashes() {}

    /**
     * The hash of {@code name}.
     *
     * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV-1a</a>
     */
    static long of(String name) {
        long hash = OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash == 0 ? OFFSET : hash;
    }

    static Set<Long> of(Collection<String> names) {
        var hashes = new HashSet<Long>();
        names.forEach(name -> hashes.add(of(name)));
        return hashes;
    }

    /** The words of a name or a sentence, those inside camelCase too, lower case, without the shortest. */
    static Set<Long> words(String text) {
        var words = new HashSet<Long>();
        WORD.matcher(text).results().forEach(word -> {
            if (word.group().length() >= SHORTEST) {
                words.add(of(word.group().toLowerCase(Locale.ROOT)));
            }
        });
        return words;
    }
}
