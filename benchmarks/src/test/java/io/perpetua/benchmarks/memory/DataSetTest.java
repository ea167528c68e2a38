package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.domain.conversation.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up samples in the data sets' shapes, oddities included. */
final class DataSetTest {

    private static final String LOCOMO = """
            [{"sample_id": "s", "conversation": {"speaker_a": "Ada", "speaker_b": "Ben",
              "session_10_date_time": "9:05 am on 2 March, 2024",
              "session_10": [{"speaker": "Ada", "dia_id": "D10:1", "text": "third"}],
              "session_2_date_time": "1:30 pm on 1 March, 2024",
              "session_2": [{"speaker": "Ada", "dia_id": "D2:1", "text": "first", "query": "secret"},
                            {"speaker": "Ben", "dia_id": "D2:2", "text": "second", "blip_caption": "a kite"}]},
              "qa": [{"question": "a?", "category": 4, "evidence": ["D2:02"]},
                     {"question": "b?", "category": 1, "evidence": ["D:10:1; D2:1", "D99:1", "D"]},
                     {"question": "c?", "category": 3, "evidence": []},
                     {"question": "d?", "category": 5, "evidence": ["D2:1"]}]}]
            """;

    private static final String BEAM = """
            [{"chat": 4,
              "messages": [{"id": 10, "role": "user", "content": "hello ->-> 1,2", "time_anchor": "March-05-2024"},
                           {"id": 11, "role": "assistant", "content": "hi"}],
              "questions": [{"ability": "event_ordering", "question": "a?", "evidence": [11, 10]},
                            {"ability": "abstention", "question": "b?", "evidence": []}]}]
            """;

    @TempDir
    Path folder;

    @Test
    void read_locomo_ordersSessionsAndResolvesEvidence() throws IOException {
        var data = DataSet.read(file(LOCOMO));
        var recording = data.recordings().getFirst();

        assertThat(data.name()).isEqualTo("LoCoMo");
        assertThat(recording.lines())
                .containsExactly(
                        new Line(Role.USER, "Ada", "first", Instant.parse("2024-03-01T13:30:00Z")),
                        new Line(
                                Role.ASSISTANT, "Ben", "second [image: a kite]", Instant.parse("2024-03-01T13:30:00Z")),
                        new Line(Role.USER, "Ada", "third", Instant.parse("2024-03-02T09:05:00Z")));
        assertThat(recording.questions())
                .containsExactly(
                        new Asked("a?", "single-hop", Set.of(2)),
                        new Asked("b?", "multi-hop", Set.of(3, 1)),
                        new Asked("d?", "adversarial", Set.of(1)));
        assertThat(data.unscored()).containsExactly("adversarial");
    }

    @Test
    void read_beam_cutsTrailersAndKeepsTimes() throws IOException {
        var data = DataSet.read(file(BEAM));
        var recording = data.recordings().getFirst();

        assertThat(data.name()).isEqualTo("BEAM");
        assertThat(recording.lines())
                .containsExactly(
                        new Line(Role.USER, null, "hello", Instant.parse("2024-03-05T00:00:00Z")),
                        new Line(Role.ASSISTANT, null, "hi", Instant.parse("2024-03-05T00:00:00Z")));
        assertThat(recording.questions()).containsExactly(new Asked("a?", "event ordering", Set.of(1, 2)));
    }

    @Test
    void read_somethingElse_isRefused() throws IOException {
        Path file = file("[{}]");

        assertThatThrownBy(() -> DataSet.read(file)).isInstanceOf(Complaint.class);
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("data.json"), json);
    }
}
