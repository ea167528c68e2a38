@NullMarked
package io.perpetua.application.transfer;

import org.jspecify.annotations.NullMarked;
