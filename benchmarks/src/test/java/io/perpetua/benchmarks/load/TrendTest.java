package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.benchmarks.load.Trend.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void of_pointsOnALine_isThatLine() {
        var trend = Trend.of(List.of(new Point(0, 10), new Point(5, 20), new Point(10, 30)));
        assertThat(trend.slope()).isCloseTo(2, within(1e-12));
        assertThat(trend.error()).isCloseTo(0, within(1e-12));
        assertThat(trend.mean()).isCloseTo(20, within(1e-12));
    }

    @Test
    void of_pointsBesideALine_saysHowUncertainItIs() {
        var trend = Trend.of(List.of(new Point(0, 0), new Point(1, 2), new Point(2, 1), new Point(3, 3)));
        assertThat(trend.slope()).isCloseTo(0.8, within(1e-12));
        // residuals -0.3 0.9 -0.9 0.3: their squares are 1.8 over 2 free ones, x has 5
        assertThat(trend.error()).isCloseTo(Math.sqrt(0.9 / 5), within(1e-12));
    }

    @Test
    void of_lessThanALine_isUnknown() {
        assertThat(Trend.of(List.of()).mean()).isNaN();
        assertThat(Trend.of(List.of(new Point(1, 7))).slope()).isNaN();
        assertThat(Trend.of(List.of(new Point(1, 7), new Point(2, 7))).error()).isNaN();
    }

    @Test
    void of_aThirdThing_isTakenOut() {
        var points = new ArrayList<Point>();
        var requests = new ArrayList<Integer>();
        for (int i = 0; i < 20; i++) {
            int inProgress = i * i % 7 + i / 3;
            requests.add(inProgress);
            points.add(new Point(i, 100 + 0.25 * i + 4 * inProgress));
        }
        assertThat(Trend.of(points).slope()).isGreaterThan(1);
        var apart = Trend.of(points, requests);
        assertThat(apart.slope()).isCloseTo(0.25, within(1e-9));
        assertThat(apart.error()).isCloseTo(0, within(1e-9));
        assertThat(apart.mean()).isCloseTo(Trend.of(points).mean(), within(1e-9));
    }

    @Test
    void of_aThirdThingThatNeverChanges_changesNothing() {
        var points = List.of(new Point(0, 1), new Point(1, 4), new Point(2, 5), new Point(3, 9));
        assertThat(Trend.of(points, List.of(6, 6, 6, 6)).slope())
                .isCloseTo(Trend.of(points).slope(), within(1e-12));
    }
}
