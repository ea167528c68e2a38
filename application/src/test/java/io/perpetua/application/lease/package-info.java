/** The contract of leases, and a store of them for tests. */
@NullMarked
package io.perpetua.application.lease;

import org.jspecify.annotations.NullMarked;
