package io.perpetua.adapters.documents.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What a manual says about one component, each thing with a question that asks for it in other words. */
final class Subject {

    private static final String[] STEMS = {
        "Kes", "Bram", "Osp", "Tarn", "Vel", "Quor", "Lin", "Mar", "Dov", "Sab", "Fen", "Hal", "Ist", "Jor", "Cald",
                "Nim",
        "Ror", "Ulf", "Wex", "Zan", "Ayl", "Bod", "Cor", "Del", "Els", "Gar", "Hob", "Ing", "Kol", "Lor", "Mev", "Nor",
        "Orb", "Pel", "Rud", "Sil", "Tib", "Urs", "Vor", "Wil", "Yar", "Zeb", "Ard", "Bex", "Cim", "Dro", "Erl", "Fos",
        "Gil", "Hux", "Ivo", "Jas"
    };
    private static final String[] ENDS = {"trel", "ble", "rey", "wick", "lum", "dane", "ova", "mere", "shaw", "tine"};

    /** A statement with its question; N is the component, # a number. */
    private static final String[][] FACTS = {
        {
            "When N loses its coordinator, it keeps serving reads for # seconds before it closes its ports.",
            "How long does N still answer readers after the coordinator is gone?"
        },
        {
            "Writers of N are held back once # requests wait in its intake queue.",
            "How many waiting requests make N apply back-pressure to those who write?"
        },
        {
            "The snapshots of N are written every # minutes, and only while fewer than half of the disks are busy.",
            "At which interval does N save a snapshot?"
        },
        {
            "Certificates that N issues expire after # days and are renewed two-thirds of the way.",
            "How many days is a certificate from N valid?"
        },
        {
            "A session with N ends when nothing was said for # minutes, whatever the client's own time-out is.",
            "After how much silence does N drop a session?"
        },
        {
            "N splits a shard in two as soon as it has grown beyond # gigabytes.",
            "What size of a shard triggers a split in N?"
        },
        {
            "Every message that N sends is signed, and a clock that is off by more than # milliseconds makes it refuse one.",
            "How large a clock skew does N tolerate when it checks signatures?"
        },
        {
            "An upgrade of N stops by itself if more than # of its replicas report errors within the first hour.",
            "How many failing replicas halt the roll-out of a new version of N?"
        },
        {
            "N compresses whatever has not been read for # weeks, which makes the first read afterwards slower.",
            "When does N start to compress cold data?"
        },
        {
            "The log of N is cut at # megabytes, and the seven latest files are kept.",
            "How big may a log file of N become before it is rotated?"
        },
        {
            "Operators may put N into a read-only state, in which it uses # percent less memory.",
            "How much memory is saved by making N read-only?"
        },
        {
            "In the laboratory, N reached # thousand operations a second on a single, ordinary machine.",
            "What throughput was measured for N on one machine?"
        },
    };

    private static final String[] FILLERS = {
        "This was chosen after long discussions, and nobody has asked for anything else since.",
        "Where two rules disagree, the stricter one holds.",
        "Readers in a hurry may skip the rest of this section.",
        "The reasons are given in the appendix, together with the measurements.",
        "Nothing of this depends on the time zone of the machine.",
        "Older releases behaved differently, which caused confusion.",
        "It is well-known that such limits are reached at the worst time, so keep a reserve.",
        "An alarm is raised long before that – usually at four-fifths of the limit.",
        "Changing it takes effect at once and does not need a restart.",
        "The value is a compromise between latency and cost (see the discussion below).",
        "Do not rely on it for accounting; the ledger has its own, end-to-end verified figures.",
        "What is described here holds for every edition, including the café-style “light” one.",
    };

    /** A setting: its name, its unit, what it means, and how it is asked for. */
    private static final String[][] SETTINGS = {
        {"max_batch", "entries", "largest batch", "How many entries may go into one batch of N by default?"},
        {"poll_interval", "ms", "pause between polls", "How long does N rest from one poll to the next?"},
        {"cache_size", "MB", "memory for hot blocks", "How much memory does N set aside for hot blocks?"},
        {"io_threads", "threads", "workers for the disk", "With how many disk workers is N started?"},
        {"lease_time", "s", "life of a lease", "For how many seconds is a lease of N good?"},
        {"retry_limit", "tries", "attempts before giving up", "How often does N try again before it gives up?"},
        {"fan_out", "peers", "peers told at once", "How many peers does N tell at the same time?"},
        {"scrub_rate", "MB/s", "speed of checking", "At what speed does N check its stored data?"},
    };

    private static final String[][] FIGURES = {
        {"The path of a write through N", "Which picture shows how N handles a write from beginning to end?"},
        {"Latency of N under growing load", "Is there a chart of how slow N gets when the load grows?"},
        {"How the parts of N depend on each other", "Where are the dependencies between N's parts drawn?"},
        {"Share of requests that N answers from memory", "Which diagram tells how much N answers out of memory?"},
    };

    private static final String[][] CODES = {
        {"""
            def n_checksum(segment):
                total = 0
                for block in segment:
                    total = (total * 31 + block) % 65521

                return total""", "Which code computes the checksum of a segment of N?"},
        {"""
            public final class NRetry {
                private int attempts;

                boolean again(Exception cause) {
                    if (attempts++ > LIMIT) {
                        return false;
                    }
                    pause(1 << attempts);
                    return cause instanceof IOException;
                }
            }""", "Show the Java class that decides whether N tries again after an exception."},
        {"""
            n:
              replicas: 3
              storage:
                path: /var/lib/n
                sync: always
              limits:
                memory: 512M
                files: 4096""", "What does the YAML file look like that sets replicas and storage of N?"},
        {"""
            #!/bin/sh
            set -eu
            for host in $(n-admin hosts); do
              ssh "$host" systemctl restart n
              n-admin wait --healthy "$host"
            done
            echo "all hosts restarted\"""", "Which shell script restarts N host by host?"},
        {"""
            SELECT shard, count(*) AS entries
              FROM n_catalog
             WHERE state = 'open'
               AND size > 1024
             GROUP BY shard
            HAVING count(*) > 10;""", "Which SQL query counts the open entries of each shard of N?"},
    };

    private final String name;
    private final RandomGenerator random;
    private final List<Integer> facts;
    private final List<Integer> codes;

    Subject(int number, RandomGenerator random) {
        this.name = STEMS[number % STEMS.length] + ENDS[(number / STEMS.length + number) % ENDS.length];
        this.random = random;
        this.facts = shuffled(FACTS.length, random);
        this.codes = shuffled(CODES.length, random);
    }

    private static List<Integer> shuffled(int count, RandomGenerator random) {
        var numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(numbers, Random.from(random));
        return numbers;
    }

    /** Something that can be said, and how to ask for it. */
    record Said(String text, String question) {}

    String name() {
        return name;
    }

    /** A paragraph with a fact that none of the others has. */
    Said paragraph() {
        if (facts.isEmpty()) {
            return new Said(filler() + " " + filler() + " " + filler(), "");
        }
        String[] fact = FACTS[facts.removeLast()];
        var sentences = new ArrayList<>(List.of(filler(), filler()));
        if (random.nextBoolean()) {
            sentences.add(filler());
        }
        sentences.add(random.nextInt(2), named(fact[0]).replace("#", Integer.toString(2 + random.nextInt(95))));
        return new Said(String.join(" ", sentences), named(fact[1]));
    }

    private String filler() {
        return FILLERS[random.nextInt(FILLERS.length)];
    }

    private String named(String text) {
        return text.replaceAll("\\bN\\b", name);
    }

    /** A table: its rows, the first one the head; the question is about one of them. */
    record Table(List<List<String>> rows, String title, String question) {}

    Table table() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Setting", "Default", "Unit", "Meaning"));
        int first = random.nextInt(SETTINGS.length);
        int count = 4 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String[] setting = SETTINGS[(first + i) % SETTINGS.length];
            String value = Integer.toString((1 + random.nextInt(900)) * 2);
            rows.add(List.of(name.toLowerCase(Locale.ROOT) + "." + setting[0], value, setting[1], setting[2]));
        }
        String[] asked = SETTINGS[(first + random.nextInt(count)) % SETTINGS.length];
        return new Table(rows, "Settings of " + name + " and their defaults", named(asked[3]));
    }

    Said figure() {
        String[] figure = FIGURES[random.nextInt(FIGURES.length)];
        return new Said(named(figure[0]), named(figure[1]));
    }

    Said code() {
        String[] code = CODES[codes.removeLast()];
        String lower = name.toLowerCase(Locale.ROOT);
        String text = code[0].replaceAll("\\bNRetry\\b", name + "Retry")
                .replaceAll("\\bn_", lower + "_")
                .replaceAll("\\bn-", lower + "-")
                .replaceAll("\\bn(?=:|$|\\n)", lower);
        return new Said(text.replace("/lib/n\n", "/lib/" + lower + "\n"), named(code[1]));
    }
}
