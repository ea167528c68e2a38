package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.access.LimitListener;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Spending;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.budget.BudgetPolicy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/** Who may call, and how much they may use, as configured. */
@Factory
final class Access {

    /** Keys are needed wherever others than the users of this machine can call. */
    @Singleton
    CheckKey checkKey(ApiKeys keys, InstantSource clock, Settings settings) {
        String host = settings.get(Keys.HOST);
        boolean local = isLoopback(host);
        boolean required = !local || Boolean.TRUE.equals(settings.find(Keys.KEYS_REQUIRED));
        if (required && keys.list().stream().noneMatch(key -> key.good(clock.instant()))) {
            throw new Complaint("API keys are required"
                    + (local ? "" : ", since the server listens on " + host + " and so to other machines")
                    + ", and there is none. Make one first: ./perpetua keys create NAME");
        }
        return new CheckKey(keys, required, clock);
    }

    /** What is wrong with the section, beyond its keys: switching keys off is possible only on this machine. */
    static boolean keysRequired(Settings settings) {
        String host = settings.get(Keys.HOST);
        if (Boolean.FALSE.equals(settings.find(Keys.KEYS_REQUIRED)) && !isLoopback(host)) {
            throw new IllegalArgumentException("keys_required: false is possible only where the server listens to this "
                    + "machine alone, and perpetua.host is " + host);
        }
        return true;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the server will not be able to listen there
        }
    }

    @Singleton
    MeterCalls meterCalls(
            Quotas quotas,
            Spending spending,
            LimitsInForce limits,
            Ids ids,
            InstantSource clock,
            LimitListener listener) {
        return new MeterCalls(quotas, spending, limits, ids, clock, listener);
    }

    @Singleton
    Gate gate(AdmitRequests admission, MeterCalls meter, BudgetPolicy budget) {
        return new Gate(admission, meter, budget.completion());
    }
}
