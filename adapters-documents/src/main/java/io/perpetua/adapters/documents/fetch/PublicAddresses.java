package io.perpetua.adapters.documents.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/** Addresses of the public Internet: all but those of IANA's registries of special-purpose addresses. */
final class PublicAddresses implements Predicate<InetAddress> {

    /* https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry. Of IPv6 only 2000::/3 is
     * in public use; what of it leads on to an address of version 4 (6to4, Teredo, NAT64) is refused with the rest. The
     * addresses under which clouds tell machines their secrets are link-local (169.254.169.254), unique-local
     * (fd00:ec2::254) or among 100.64.0.0/10, and are listed with them. */

    private static final List<Range> CLOSED = List.of(
            Range.of("0.0.0.0", 8),
            Range.of("10.0.0.0", 8),
            Range.of("100.64.0.0", 10),
            Range.of("127.0.0.0", 8),
            Range.of("169.254.0.0", 16),
            Range.of("172.16.0.0", 12),
            Range.of("192.0.0.0", 24),
            Range.of("192.0.2.0", 24),
            Range.of("192.31.196.0", 24),
            Range.of("192.52.193.0", 24),
            Range.of("192.88.99.0", 24),
            Range.of("192.168.0.0", 16),
            Range.of("192.175.48.0", 24),
            Range.of("198.18.0.0", 15),
            Range.of("198.51.100.0", 24),
            Range.of("203.0.113.0", 24),
            Range.of("168.63.129.16", 32), // Azure's own services, on every machine there
            Range.of("224.0.0.0", 4),
            Range.of("240.0.0.0", 4),
            Range.of("2001::", 23),
            Range.of("2001:db8::", 32),
            Range.of("2002::", 16),
            Range.of("3fff::", 20));

    private static final Range IN_USE = Range.of("2000::", 3);

    /** Addresses that begin with the same bits. */
    private record Range(InetAddress start, int bits) {

        static Range of(String start, int bits) {
            return new Range(InetAddress.ofLiteral(start), bits);
        }

        boolean has(InetAddress address) {
            byte[] one = start.getAddress();
            byte[] other = address.getAddress();
            if (one.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Of addresses of version 6 that hold one of version 4, Java makes that one, and it is looked at here. */
    @Override
    public boolean test(InetAddress address) {
        boolean open = CLOSED.stream().noneMatch(range -> range.has(address));
        return open && (address instanceof Inet4Address || IN_USE.has(address));
    }
}
