package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.journal.BrowseJournal;
import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.KeepJournal;
import io.perpetua.application.journal.RollUpWeeks;
import io.perpetua.application.journal.RollUps;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the use cases of the journal. */
@Factory
final class Journaling {

    @Singleton
    KeepJournal keepJournal(Journal journal, Ids ids, Settings settings) {
        return new KeepJournal(journal, ids.get(), settings.get(Keys.JOURNAL_WAITING));
    }

    @Singleton
    BrowseJournal browseJournal(Journal journal, KeepJournal keeping) {
        return new BrowseJournal(journal, keeping);
    }

    @Singleton
    RollUpWeeks rollUpWeeks(
            Journal journal, KeepJournal keeping, RollUps rollUps, Settings settings, InstantSource clock) {
        return new RollUpWeeks(journal, keeping, rollUps, settings.get(Keys.JOURNAL_KEEP), clock);
    }
}
