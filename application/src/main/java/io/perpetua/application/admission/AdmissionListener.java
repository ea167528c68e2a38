package io.perpetua.application.admission;

import io.perpetua.application.admission.Overloaded.Reason;
import java.time.Duration;

/** Hears what becomes of a queue's requests. Safe for concurrent use; must neither wait nor fail. */
public interface AdmissionListener {

    /** Does not listen. */
    AdmissionListener NONE = new AdmissionListener() {
        @Override
        public void changed(int served, int waiting) {}

        @Override
        public void admitted(Duration waited) {}

        @Override
        public void refused(Reason reason) {}
    };

    /** From now on, so many are served, and so many wait. Told in the order in which it happens. */
    void changed(int served, int waiting);

    /** A request is served, after it has waited for so long. */
    void admitted(Duration waited);

    /** A request is not served. */
    void refused(Reason reason);
}
