package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static List<SseEvent> parse(String stream) {
        var events = new ArrayList<SseEvent>();
        new SseParser().feed(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8)), events::add);
        return events;
    }

    private static SseEvent message(String data) {
        return new SseEvent("message", data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void feed_anyLineEnd_separatesEvents(String end) {
        assertThat(parse("data: a" + end + end + "data: b" + end + end)).containsExactly(message("a"), message("b"));
    }

    @Test
    void feed_severalDataLines_areJoinedByLineFeeds() {
        assertThat(parse("data: a\ndata:b\ndata\ndata:  c\n\n")).containsExactly(message("a\nb\n\n c"));
    }

    @ParameterizedTest
    @CsvSource({
        "': keep-alive\n\n'",
        "'event: ping\n\n'",
        "'id: 7\nretry: 10\n\n'",
        "'data: cut off'",
        "'data: cut off\n'"
    })
    void feed_noDataOrNoEnd_isNoEvent(String stream) {
        assertThat(parse(stream)).isEmpty();
    }

    @Test
    void feed_byteOrderMark_isSkippedAtTheStartOnly() {
        assertThat(parse("\uFEFFdata: a\n\ndata: \uFEFFb\n\n")).containsExactly(message("a"), message("\uFEFFb"));
    }

    @Test
    void feed_namedEvent_namesThatEventOnly() {
        assertThat(parse("event: error\ndata: a\n\ndata: b\n\n"))
                .containsExactly(new SseEvent("error", "a"), message("b"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void feed_splitAnywhere_isTheSame(long seed) {
        var random = new Random(seed);
        String stream =
                ": hello\r\n\r\ndata: Grüße 😀\r\ndata: 漢字\r\n\r\nevent: error\ndata: x\n\ndata: é\r\rdata: end\n\n";
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        var events = new ArrayList<SseEvent>();
        var parser = new SseParser();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(4));
            parser.feed(ByteBuffer.wrap(bytes, at, length), events::add);
            at += length;
        }
        assertThat(events)
                .containsExactly(message("Grüße 😀\n漢字"), new SseEvent("error", "x"), message("é"), message("end"));
    }
}
