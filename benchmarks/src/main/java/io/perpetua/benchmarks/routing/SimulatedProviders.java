package io.perpetua.benchmarks.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Providers as they might be: how likely each answers, how fast and for how much, turn by turn. */
interface SimulatedProviders {

    /** How many rungs the ladder has. */
    int RUNGS = 3;

    /** What {@code rung} is like at {@code turn}. */
    Conduct at(int rung, int turn);

    /**
     * A provider's present ways.
     *
     * @param success probability of an answer
     * @param seconds mean time to an answer or a failure
     * @param dollars what an answer costs
     */
    record Conduct(double success, double seconds, double dollars) {}

    /** The cases that are simulated, by name. */
    static Map<String, SimulatedProviders> cases() {
        var cases = new LinkedHashMap<String, SimulatedProviders>();
        cases.put("steady, the first is best", steady(of(.99, .8, .001), of(.97, 2, .004), of(.95, 3, .002)));
        cases.put("steady, the last is best", steady(of(.90, 3, .004), of(.97, 2, .004), of(.98, .8, .001)));
        cases.put(
                "an outage of the first",
                (rung, turn) -> List.of(
                                turn > 800 && turn < 1_600 ? of(.02, 8, .001) : of(.99, 1, .001),
                                of(.98, 1.6, .002),
                                of(.97, 3, .002))
                        .get(rung));
        cases.put("all drift", (rung, turn) -> {
            double wave = Math.sin(2 * Math.PI * (turn / 1_500.0 + rung / 3.0));
            return of(.90 + .08 * wave, 2.5 - 2 * wave, .002);
        });
        cases.put(
                "prices change",
                (rung, turn) -> List.of(
                                of(.98, 1.2, turn < 1_200 ? .001 : .020),
                                of(.98, 1.4, turn < 1_200 ? .010 : .002),
                                of(.96, 2, .005))
                        .get(rung));
        cases.put(
                "the first comes and goes",
                (rung, turn) -> List.of(
                                turn / 150 % 2 == 0 ? of(.98, 1, .001) : of(.30, 4, .001),
                                of(.96, 1.8, .002),
                                of(.90, 1.5, .002))
                        .get(rung));
        cases.put(
                "the first slows down",
                (rung, turn) -> List.of(
                                turn > 500 ? of(.97, 7, .001) : of(.99, 1, .001), of(.97, 2, .004), of(.97, 2.4, .001))
                        .get(rung));
        return cases;
    }

    private static SimulatedProviders steady(Conduct... rungs) {
        return (rung, turn) -> rungs[rung];
    }

    private static Conduct of(double success, double seconds, double dollars) {
        return new Conduct(success, seconds, dollars);
    }
}
