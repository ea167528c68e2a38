package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.memory.Anchors;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A store that may be away, or do what it is asked and not tell. */
public final class FlakyStore implements SharedStore {

    /** How the store is. */
    public enum State {
        THERE,
        AWAY,
        /** It does what it is asked, and the answer is lost. */
        MUTE
    }

    private final Stores stores;
    private volatile State state = State.THERE;

    /** Asks {@code real}, if it is there. */
    public FlakyStore(Stores real) {
        stores = new Stores(
                flaky(Conversations.class, real.conversations()),
                flaky(Outbox.class, real.outbox()),
                flaky(Anchors.class, real.anchors()),
                flaky(Briefs.class, real.briefs()),
                flaky(AnswerCache.class, real.answers()));
    }

    public Stores stores() {
        return stores;
    }

    public void is(State now) {
        state = now;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public boolean away() {
        return state == State.AWAY;
    }

    private <T> T flaky(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> asked(state, real, method, arguments)));
    }

    @SuppressWarnings("IllegalThrows") // what the port throws goes on
    private static @Nullable Object asked(State now, Object real, Method method, Object[] arguments) throws Throwable {
        if (now == State.AWAY) {
            throw lost();
        }
        try {
            Object answer = method.invoke(real, arguments);
            if (now == State.MUTE) {
                throw lost();
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static StoreUnavailable lost() {
        return new StoreUnavailable("away", new IllegalStateException());
    }
}
