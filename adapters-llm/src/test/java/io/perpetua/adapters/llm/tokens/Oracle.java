package io.perpetua.adapters.llm.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/** jtokkit's counts: right, for every text without a lone surrogate. */
final class Oracle {

    private static final EncodingRegistry REGISTRY = registry();

    private Oracle() {}

    static Encoding of(BpeEncoding encoding) {
        return REGISTRY.getEncoding(
                switch (encoding) {
                    case CL100K_BASE -> EncodingType.CL100K_BASE;
                    case O200K_BASE -> EncodingType.O200K_BASE;
                });
    }

    private static EncodingRegistry registry() {
        // Its assertions check each input with a pass of its own.
        Oracle.class.getClassLoader().setPackageAssertionStatus("com.knuddels.jtokkit", false);
        return Encodings.newLazyEncodingRegistry();
    }
}
