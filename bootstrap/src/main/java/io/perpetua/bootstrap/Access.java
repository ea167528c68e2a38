package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.access.Limits;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Spending;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.domain.budget.BudgetPolicy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Who may call, and how much they may use, as configured. */
@Factory
final class Access {

    /**
     * Keys are needed wherever others than the users of this machine can call.
     *
     * @param host where the server listens
     * @param wanted whether they are needed on this machine, too
     */
    @Singleton
    CheckKey checkKey(
            ApiKeys keys,
            InstantSource clock,
            @Value("${perpetua.host}") String host,
            @Nullable @Property(name = "perpetua.access.keys-required") Boolean wanted) {
        boolean local = isLoopback(host);
        if (!local && Boolean.FALSE.equals(wanted)) {
            throw new Complaint(
                    "perpetua.access.keys_required: false is possible only where the server listens to this "
                            + "machine alone, and perpetua.host is " + host + ".");
        }
        boolean required = !local || Boolean.TRUE.equals(wanted);
        if (required && keys.list().stream().noneMatch(key -> key.good(clock.instant()))) {
            throw new Complaint("Keys are required"
                    + (local ? "" : ", since the server listens on " + host + " and so to other machines")
                    + ", and there is none. Make one first: ./perpetua keys create NAME");
        }
        return new CheckKey(keys, required, clock);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the server will not be able to listen there
        }
    }

    @Singleton
    Limits limits(Environment environment) {
        return LimitConfiguration.read(environment);
    }

    @Singleton
    MeterCalls meterCalls(Quotas quotas, Spending spending, Limits limits, Ids ids, InstantSource clock) {
        return new MeterCalls(quotas, spending, () -> limits, ids, clock);
    }

    @Singleton
    Gate gate(AdmitRequests admission, MeterCalls meter, BudgetPolicy budget) {
        return new Gate(admission, meter, budget.completion());
    }
}
