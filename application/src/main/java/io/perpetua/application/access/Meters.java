package io.perpetua.application.access;

import io.perpetua.application.access.Meter.Window;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.Rates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which meters a request runs through. Names start with the tenant or the key, so that nobody's meter is another's. */
final class Meters {

    private Meters() {}

    static List<Meter> requestsOfKey(Caller caller, Limits limits) {
        return requests(caller, key(caller), caller.access().rates().or(limits.key()));
    }

    static List<Meter> requestsOfUser(Caller caller, @Nullable String user, Limits limits) {
        return user == null ? List.of() : requests(caller, user(caller, user), limits.user());
    }

    static List<Meter> tokens(Caller caller, @Nullable String user, Limits limits) {
        var meters = new ArrayList<>(
                tokens(caller, key(caller), caller.access().rates().or(limits.key())));
        if (user != null) {
            meters.addAll(tokens(caller, user(caller, user), limits.user()));
        }
        return meters;
    }

    private static String key(Caller caller) {
        return "key/" + caller.key();
    }

    /** A tenant's name has no bound on what it may hold, so its length keeps it apart from the user's. */
    private static String user(Caller caller, String user) {
        String tenant = caller.access().tenant();
        return "user/" + tenant.length() + "/" + tenant + "/" + user;
    }

    private static List<Meter> requests(Caller caller, String whose, Rates rates) {
        return of(caller, whose + "/requests", rates.requestsPerMinute(), rates.requestsPerDay());
    }

    private static List<Meter> tokens(Caller caller, String whose, Rates rates) {
        return of(caller, whose + "/tokens", rates.tokensPerMinute(), rates.tokensPerDay());
    }

    private static List<Meter> of(Caller caller, String name, @Nullable Long perMinute, @Nullable Long perDay) {
        var meters = new ArrayList<Meter>();
        if (perMinute != null) {
            meters.add(new Meter(caller.access().tenant(), name, perMinute, Window.MINUTE));
        }
        if (perDay != null) {
            meters.add(new Meter(caller.access().tenant(), name, perDay, Window.DAY));
        }
        return meters;
    }
}
