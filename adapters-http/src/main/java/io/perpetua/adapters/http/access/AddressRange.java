package io.perpetua.adapters.http.access;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of Internet addresses, in CIDR notation. Immutable. */
final class AddressRange {

    private final byte[] network;
    private final int bits;

    /**
     * The addresses that have their leading bits in common.
     *
     * @param network one of them: 4 bytes or 16
     * @param bits how many bits
     */
    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * The range that is written {@code text}: an address, or one with the number of its leading bits.
     *
     * @throws IllegalArgumentException when it is none
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException(
                    "expected an address or a range such as 10.0.0.0/8, found '" + text + "'");
        }
        int most = Byte.SIZE * network.length;
        int bits = slash < 0 ? most : number(text.substring(slash + 1), most, text);
        return new AddressRange(network, bits);
    }

    private static int number(String bits, int most, String text) {
        if (bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most) {
            return Integer.parseInt(bits);
        }
        throw new IllegalArgumentException("expected 0 to " + most + " bits after the slash, found '" + text + "'");
    }

    /** The bytes of a numeric address, with IPv4 in IPv6 brought to IPv4; null when it is none. No name is looked up. */
    static byte @Nullable [] bytes(String address) {
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(plain);
        boolean mapped = bytes != null
                && bytes.length == 16
                && bytes[10] == -1
                && bytes[11] == -1
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
