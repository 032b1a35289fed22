console.log(`once ${process.pid}`);
