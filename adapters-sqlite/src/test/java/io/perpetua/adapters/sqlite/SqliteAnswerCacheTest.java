package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.cache.AnswerCacheContract;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.conversation.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAnswerCacheTest extends AnswerCacheContract {

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = new Database(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Stores stores() {
        return SqliteRecordTest.stores(database);
    }

    @Test
    void keep_answersComeAndGo_takesUpWhatTheMostAtATimeDo() {
        var limits = new CacheLimits(Duration.ofMinutes(1), 5, 1_000_000);
        for (int i = 0; i < 200; i++) {
            keep("request " + i, "x".repeat(10_000), i, limits);
        }

        assertThat(number("SELECT count(*) FROM answer_slot")).isEqualTo(5 * 3);
        assertThat(number("SELECT bytes FROM answers_kept")).isEqualTo(50_000);
    }

    @Test
    void keep_expiredAnswers_areClearedAway() {
        for (int i = 0; i < 3; i++) {
            keep("request " + i, "secret", 0, CacheLimits.DEFAULT);
        }

        keep("later", "x", 3_600, CacheLimits.DEFAULT);

        assertThat(number("SELECT entries FROM answers_kept")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM answer_slot WHERE text != zeroblob(4000)"))
                .isEqualTo(1);
    }

    @Test
    void open_again_givesTheAnswersBack() {
        keep("a", "Paris", 0, CacheLimits.DEFAULT);
        database.close();
        database = new Database(directory);

        assertThat(answers().find(new CacheKey("a"), NOON)).isEqualTo(new CachedAnswer("Paris", "openai", "gpt"));
    }

    private void keep(String request, String text, int seconds, CacheLimits limits) {
        answers()
                .keep(
                        new CacheKey(request),
                        new CachedAnswer(text, "openai", "gpt"),
                        null,
                        NOON.plusSeconds(seconds),
                        limits);
    }

    private long number(String sql) {
        return database.<Long>read(session -> session.number(sql));
    }
}
