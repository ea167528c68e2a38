package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.resilience.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many threads that spend one budget as fast as they can: the model's bill is never to be more than that. Answers in one
 * piece, streams, a model that fails, and clients that leave have a key and a budget each.
 */
final class Budget implements Scenario {

    private static final int WORDS = 60;
    /** So many refusals in a row, and a thread gives up: what others have reserved may come back until then. */
    private static final int GIVE_UP = 10;

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration STAY = Duration.ofMillis(15);
    /** Calls, as a multiple of those that the budget is worth, after which it is clear that nothing ends them. */
    private static final int TOO_MANY = 3;

    private static final double USUAL_COST = 185e-6;
    private static final double LEAST_USED_PERCENT = 90;
    private static final double MOST_OFF_PERCENT = 0.1;
    private static final String USED_UP = "insufficient_quota";
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** How the budget is spent. */
    private enum Manner {
        WHOLE,
        STREAMS,
        FAILING,
        LEAVING;

        boolean streams(int number) {
            return this == STREAMS || (this != WHOLE && number % 2 == 0);
        }

        /** Whether every call is answered, so that the bill is what the answers say. */
        boolean isPlain() {
            return this == WHOLE || this == STREAMS;
        }
    }

    @Override
    public Findings measure(Scale scale) throws Exception {
        var findings = new Findings("budget");
        // Failures are to happen: nobody is to wait for them, or to be spared them.
        Map<String, Object> settings =
                Map.of("retries", Map.of("delay", "10ms"), "circuits", Map.of("failure_rate", 1));
        try (var model = new BilledModel();
                var site = new Site(model.url(), BilledModel.known(), settings, Map.of("PERPETUA_EMBEDDER", "none"))) {
            for (Manner manner : Manner.values()) {
                String name = manner.name().toLowerCase(Locale.ROOT);
                model.fail(manner == Manner.FAILING);
                new Spending(findings, name, manner, scale, model, site).spend();
            }
        }
        return findings;
    }

    /** One budget that is being spent. */
    private static final class Spending {

        private final Findings findings;
        private final String name;
        private final Manner manner;
        private final Scale scale;
        private final BilledModel model;
        private final Site site;
        private final Client client;
        private final String key;
        private final AtomicInteger next = new AtomicInteger();
        private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
        private final int most;

        Spending(Findings findings, String name, Manner manner, Scale scale, BilledModel model, Site site)
                throws InterruptedException {
            this.findings = findings;
            this.name = name;
            this.manner = manner;
            this.scale = scale;
            this.model = model;
            this.site = site;
            this.client = site.client();
            this.key = key();
            this.most = (int) (TOO_MANY * scale.budget() / USUAL_COST) + scale.threads() * GIVE_UP;
        }

        private String key() throws InterruptedException {
            String made = "";
            try {
                made = site.key(name, scale.budget());
            } catch (IOException e) {
                findings.fact("no key for " + name, Objects.toString(e.getMessage()));
            }
            findings.target(name + ": a key with a budget is made", made.isEmpty() ? 0 : 1, Relation.EXACTLY, 1);
            return made.isEmpty() ? "none" : made;
        }

        void spend() {
            double billed = model.bill();
            int calls = model.calls();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < scale.threads(); i++) {
                    String user = name + "-" + i;
                    threads.execute(() -> untilRefused(user));
                }
            }
            untilRefused(name + "-last"); // what others had reserved is free by now
            untilQuiet();
            judge(model.bill() - billed, model.calls() - calls);
        }

        private void untilRefused(String user) {
            int refused = 0;
            for (int i = next.getAndIncrement(); refused < GIVE_UP && i < most; i = next.getAndIncrement()) {
                var reply = call(i, user);
                replies.add(reply);
                if (reply.code().equals(USED_UP)) {
                    refused++;
                    LockSupport.parkNanos(PAUSE.toNanos());
                } else {
                    refused = 0;
                }
            }
        }

        private Reply call(int number, String user) {
            var request = new Request(site.model(), user, user, number, WORDS)
                    .withoutMemory().mostTokens(BilledModel.MOST_TOKENS).stream(manner.streams(number))
                            .key(key);
            return manner == Manner.LEAVING ? client.leave(request, STAY) : client.send(request);
        }

        private void untilQuiet() {
            long end = System.nanoTime() + QUIET.toNanos();
            while (!model.idle() && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        private void judge(double billed, int calls) {
            List<Reply> all = new ArrayList<>(replies);
            double told = all.stream()
                    .mapToDouble(Reply::cost)
                    .filter(cost -> !Double.isNaN(cost))
                    .sum();
            var row = new LinkedHashMap<String, Number>();
            row.put("requests", all.size());
            row.put("answered", Figures.count(all, Reply::answered));
            row.put("left", Figures.count(all, reply -> reply.ending() == Ending.LEFT));
            row.put("no_budget", Figures.count(all, reply -> reply.code().equals(USED_UP)));
            row.put(
                    "other",
                    Figures.count(
                            all,
                            reply -> !reply.answered()
                                    && reply.ending() != Ending.LEFT
                                    && !reply.code().equals(USED_UP)));
            row.put("model_calls", calls);
            row.put("budget_usd", scale.budget());
            row.put("billed_usd", billed);
            row.put("billed_%", 100 * billed / scale.budget());
            row.put("told_usd", told);
            findings.table("budget").row(name, row);
            findings.fact("codes of " + name, Reply.codes(all));
            findings.target(name + ": billed, $", billed, Relation.AT_MOST, scale.budget());
            findings.target(
                    name + ": refused for want of budget",
                    Figures.count(all, reply -> reply.code().equals(USED_UP)),
                    Relation.AT_LEAST,
                    1);
            if (manner.isPlain()) {
                findings.target(
                        name + ": of the budget used, %",
                        100 * billed / scale.budget(),
                        Relation.AT_LEAST,
                        LEAST_USED_PERCENT);
                findings.target(
                        name + ": answers' cost_usd off the bill, %",
                        100 * Math.abs(told - billed) / billed,
                        Relation.AT_MOST,
                        MOST_OFF_PERCENT);
            }
        }
    }
}
