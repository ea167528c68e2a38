/** What every chat provider over HTTP shares, whatever protocol it speaks: the call, its limits, its failures, its keys. */
@NullMarked
package io.perpetua.adapters.llm.http;

import org.jspecify.annotations.NullMarked;
